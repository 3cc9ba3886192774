using Assay.Server.Dashboard.Past;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard.Wording;

/// <summary>What happened to an experiment, told.</summary>
internal static class AuditWords
{
    public const string Title = "History";
    public const string Link = "history: who did what, and why";
    public const string What = "What happened";
    public const string Note = "The audit of this experiment, the newest first, with the reasons that were given. An entry is never changed.";
    public const string None = "No entry of this experiment on this page.";
    public const string Whole = "All of it as JSON";
    public const string Newest = "Newest";
    public const string OlderOnes = "Older";
    public const string Chain = "The chain";
    public const string ChainNote = "Every entry of the installation carries a hash of itself and all before it, so that none can be changed, removed or put in between unseen.";
    public const string Head = "Followed from its beginning, and held against what is stored, by";

    public static string State(ChainState chain) => chain.Broken is null ? "✓ Whole" : "! Broken";

    public static string Sentence(ChainState chain) => chain switch
    {
        { Broken: { } number } => $"Entry {Figures.Count(number)} does not follow from the one before it: somebody has changed the audit.",
        { Followed: 0 } => "There are not two entries with a hash yet.",
        _ => $"The newest {Figures.Count(chain.Followed)} entries of the installation follow from those before them.",
    };

    public static string Number(long number) => $"entry {Figures.Count(number)}";

    public static string Actor(string actor) => actor switch
    {
        "open" => "by anyone (no keys)",
        "assay" => "by the server",
        _ => $"by {actor}",
    };

    /// <summary>What an entry says, in a sentence.</summary>
    internal static string Of(string action, HistoryDetail detail, Experiment experiment) => action switch
    {
        "created" => "Created as a draft.",
        "replaced" => "The draft was written anew.",
        "started" => "Started.",
        "paused" => "Paused.",
        "resumed" => "Resumed.",
        "amended" => $"Amended: iteration {Figures.Count(detail.Iteration ?? 0)} began.",
        "stopped" => "Stopped.",
        "archived" => "Archived.",
        "deleted" => "Deleted.",
        "decided" => Decided(detail, experiment),
        "verdict_changed" => $"Verdict {Figures.Count(detail.Number ?? 0)}: {Verdict(detail.Verdict)}{(detail.Recommended is { } recommended ? $", {Variation(recommended, experiment)}" : "")}.",
        "look_taken" => $"Look {Figures.Count(detail.Look ?? 0)} of {detail.Metric}, {Variation(detail.Treatment, experiment)}{(detail.Crossed ? ": crossed its bound" : "")}.",
        "crossed" => $"First significant: {detail.Metric}, {Variation(detail.Treatment, experiment)}.",
        "excluded" => $"Excluded from the analysis: {Units(detail.Units)}.",
        "exclusion_lifted" => $"Counted again: {Units(detail.Units)}.",
        "erased" => "A person was erased.",
        "sealed" => "Sealed: rows went by the rule of retention, results stay.",
        _ => $"{action.Replace('_', ' ')}.",
    };

    private static string Decided(HistoryDetail detail, Experiment experiment)
    {
        var choice = detail.Decision switch
        {
            "ship" => $"ship {Variation(detail.Variation, experiment)}",
            "keep_control" => "stay with the control",
            "keep_running" => "keep running",
            _ => "investigate first",
        };
        return $"Decided: {choice}{(detail.Follows ? ", as the verdict said" : $"; the verdict said: {Verdict(detail.Verdict)}")}.";
    }

    private static string Verdict(string? status) => status is null ? Figures.None : status.Replace('_', ' ');

    /// <summary>A key where the design that runs has it.</summary>
    private static string Variation(int? index, Experiment experiment) =>
        index is { } arm && arm >= 0 && arm < experiment.Design.Setup.Variations.Length ? experiment.Design.Setup.Variations[arm].Key : Figures.None;

    private static string Units(int? units) => units == 1 ? "1 unit" : $"{Figures.Count(units ?? 0)} units";
}
