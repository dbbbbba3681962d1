/**
 * The page of a build: results as HTML.
 * Uses {@code result} only. Start at {@link ReportHtml}.
 */
package io.jenkins.plugins.drbdocfs2.report;
