namespace Assay.Server.Dashboard.Report;

/// <summary>A thing that a report states, by name. Public because components are.</summary>
/// <param name="Name">What is stated.</param>
/// <param name="Text">What it is, in words and written numbers.</param>
public sealed record ReportFact(string Name, string Text);
