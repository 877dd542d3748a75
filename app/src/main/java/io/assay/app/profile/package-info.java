/** Looks at files and tables nobody has described yet, and proposes datasets for them. */
package io.assay.app.profile;
