using Assay.Analysis.Wording;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard.Wording;

/// <summary>The search of the list.</summary>
internal static class ListWords
{
    private static readonly Texts Text = Texts.Of(typeof(ListWords));

    public static string Search => Text.Get();
    public static string Terms => Text.Get();
    public static string Status => Text.Get();
    public static string Find => Text.Get();
    public static string None => Text.Get();
    public static string ShowAll => Text.Get();

    public static IReadOnlyList<(string Value, string Word)> Statuses =>
        [("", Text.Get("Statuses.all")), (ListSearch.NeedsMe, Text.Get("Statuses.needs_me")), .. Enum.GetValues<ExperimentStatus>().Select(status => (Wire.Name(status), Words.Status(status)))];

    public static string Found(int count) => Text.Plural(nameof(Found), count, Figures.Count(count));
}
