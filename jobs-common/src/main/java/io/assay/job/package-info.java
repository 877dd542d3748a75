/** What a job is, how one is run as a process, and what it reports. */
package io.assay.job;
