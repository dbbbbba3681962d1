/**
 * The reports of the builds of a job over time: the clusters as last seen, and a trend. Builds on {@code check}, {@code result}
 * and {@code report}. Start at {@link Trend} and {@link TrendHtml}.
 */
package io.jenkins.plugins.drbdocfs2.report.trend;
