/** Carries out a plan in one session, independent jobs at once. */
package io.assay.app.run;
