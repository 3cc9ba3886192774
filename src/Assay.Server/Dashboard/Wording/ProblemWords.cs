using Assay.Analysis.Designs;
using Assay.Analysis.Wording;

namespace Assay.Server.Dashboard.Wording;

/// <summary>What a page says in place of what was asked for. The API says it in English, with the same codes.</summary>
internal static class ProblemWords
{
    private static readonly Texts Text = Texts.Of(typeof(ProblemWords));

    /// <summary>Codes that a person with a browser meets. What only programs do wrong, and what storage says of itself, stays as the API has it.</summary>
    private static readonly string[] Told =
        ["bad_request", "invalid_query", "unknown_host", "stale_form", "forbidden", "insufficient_scope", "cross_origin", "not_found", "unknown_experiment", "method_not_allowed", "internal_error", "starting", "unavailable"];

    /// <summary>Null where the problem's own words are all there is.</summary>
    public static string? Title(string code) => Told.Contains(code, StringComparer.Ordinal) ? Text.Case(nameof(Title), code) : null;

    /// <summary>What it comes to, some with the place {0} for the path that was asked for; null where the problem's own words are all there is.</summary>
    public static string? Detail(string code) => Told.Contains(code, StringComparer.Ordinal) ? Text.Case(nameof(Detail), code) : null;

    /// <summary>What is wrong with a parameter, with the place {0} for its name.</summary>
    public static string At(string detail) => Text.Format(nameof(At), "{0}", detail);

    public static string NoMetric(string? metric, IEnumerable<Metric> known) => Text.Format(nameof(NoMetric), metric, Lists.Listed(known.Select(one => one.Name)));

    public static string NoTreatment(string treatment, Design design) => Text.Format(nameof(NoTreatment), treatment, Lists.Listed(design.Setup.Variations.Skip(1).Select(one => one.Key)));

    public static string NoChoice(string given, params IEnumerable<string> possible) => Text.Format(nameof(NoChoice), given, Lists.Listed(possible));

    public static string NoPage(string given, int pages) => Text.Format(nameof(NoPage), given, Figures.Count(pages));

    public static string NoEntry(string given) => Text.Format(nameof(NoEntry), given);
}
