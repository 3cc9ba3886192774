namespace Assay.Server.Dashboard.Report;

/// <summary>The forms that a report is written in.</summary>
internal enum ReportFormat
{
    Html,
    Markdown,
    Csv,
    Json,
}

internal static class ReportFormats
{
    /// <summary>The end of the file's name.</summary>
    public static string Extension(this ReportFormat format) => format switch
    {
        ReportFormat.Markdown => "md",
        ReportFormat.Csv => "csv",
        ReportFormat.Json => "json",
        _ => "html",
    };

    public static string ContentType(this ReportFormat format) => format switch
    {
        ReportFormat.Markdown => "text/markdown; charset=utf-8",
        ReportFormat.Csv => "text/csv; charset=utf-8",
        ReportFormat.Json => "application/json; charset=utf-8",
        _ => "text/html; charset=utf-8",
    };
}
