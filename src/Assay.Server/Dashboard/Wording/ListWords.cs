using Assay.Server.Storage;

namespace Assay.Server.Dashboard.Wording;

/// <summary>The search of the list.</summary>
internal static class ListWords
{
    public const string Search = "Search experiments";
    public const string Text = "Words in key, name, hypothesis or metrics";
    public const string Status = "Status";
    public const string Find = "Find";
    public const string None = "No experiment is like that.";
    public const string ShowAll = "Show all";

    public static IReadOnlyList<(string Value, string Word)> Statuses { get; } =
        [("", "All"), (ListSearch.NeedsMe, "Needs me"), .. Enum.GetValues<ExperimentStatus>().Select(status => (Wire.Name(status), Words.Status(status)))];

    public static string Found(int count) => count == 1 ? "1 experiment is like that." : $"{Figures.Count(count)} experiments are like that.";
}
