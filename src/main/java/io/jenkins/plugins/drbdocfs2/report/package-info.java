/** The report page of a build: results as HTML. Builds on {@code check} and {@code result}. Start at {@link ReportHtml}. */
package io.jenkins.plugins.drbdocfs2.report;
