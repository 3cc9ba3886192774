using Assay.Analysis.Verdicts;
using Assay.Analysis.Wording;
using Assay.Server.Dashboard.Past;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard.Wording;

/// <summary>What happened to an experiment, told.</summary>
internal static class AuditWords
{
    private static readonly Texts Text = Texts.Of(typeof(AuditWords));

    public static string Title => Text.Get();
    public static string Link => Text.Get();
    public static string What => Text.Get();
    public static string Note => Text.Get();
    public static string None => Text.Get();
    public static string Whole => Text.Get();
    public static string Newest => Text.Get();
    public static string OlderOnes => Text.Get();
    public static string Chain => Text.Get();
    public static string ChainNote => Text.Get();

    /// <summary>With the place {0} of the command.</summary>
    public static string Head => Text.Get();

    public static string State(ChainState chain) => Text.Get(chain.Broken is null ? "State.whole" : "State.broken");

    public static string Sentence(ChainState chain) => chain switch
    {
        { Broken: { } number } => Text.Format("Sentence.broken", Figures.Count(number)),
        { Followed: 0 } => Text.Get("Sentence.none"),
        _ => Text.Plural("Sentence.whole", chain.Followed, Figures.Count(chain.Followed)),
    };

    public static string Number(long number) => Text.Format(nameof(Number), Figures.Count(number));

    public static string Actor(string actor) => actor switch
    {
        "open" => Text.Get("Actor.anyone"),
        "assay" => Text.Get("Actor.server"),
        _ => Text.Format("Actor.key", actor),
    };

    /// <summary>What an entry says, in a sentence.</summary>
    internal static string Of(string action, DateTimeOffset at, HistoryDetail detail, Experiment experiment) => action switch
    {
        "created" or "replaced" or "started" or "paused" or "resumed" or "stopped"
            or "archived" or "deleted" or "erased" or "sealed" => Text.Case(nameof(Of), action),
        "amended" => Text.Format("Of.amended", Figures.Count(detail.Iteration ?? 0)),
        "decided" => Decided(at, detail, experiment),
        "verdict_changed" => Text.Format(detail.Recommended is null ? "Of.verdict_changed" : "Of.verdict_recommends", Figures.Count(detail.Number ?? 0), Verdict(detail.Verdict, at, experiment), Variation(detail.Recommended, experiment)),
        "look_taken" => Text.Format(detail.Crossed ? "Of.look_crossed" : "Of.look_taken", Figures.Count(detail.Look ?? 0), detail.Metric, Variation(detail.Treatment, experiment)),
        "crossed" => Text.Format("Of.crossed", detail.Metric, Variation(detail.Treatment, experiment)),
        "excluded" => Text.Plural("Of.excluded", detail.Units ?? 0, Figures.Count(detail.Units ?? 0)),
        "exclusion_lifted" => Text.Plural("Of.exclusion_lifted", detail.Units ?? 0, Figures.Count(detail.Units ?? 0)),
        _ => Text.Format("Of.unknown", action.Replace('_', ' ')),
    };

    private static string Decided(DateTimeOffset at, HistoryDetail detail, Experiment experiment)
    {
        var key = (detail.Decision, detail.Follows) switch
        {
            ("ship", true) => "Decided.ship_follows",
            ("ship", _) => "Decided.ship_differs",
            ("keep_control", true) => "Decided.control_follows",
            ("keep_control", _) => "Decided.control_differs",
            ("keep_running", true) => "Decided.running_follows",
            ("keep_running", _) => "Decided.running_differs",
            (_, true) => "Decided.investigate_follows",
            _ => "Decided.investigate_differs",
        };
        return Text.Format(key, Variation(detail.Variation, experiment), Verdict(detail.Verdict, at, experiment));
    }

    /// <summary>A verdict as it was told at the moment; one that there is not stays as it stands.</summary>
    private static string Verdict(string? status, DateTimeOffset at, Experiment experiment) =>
        status is null ? Figures.None : Wire.TryParse<VerdictStatus>(status) is { } known ? DecisionWords.Verdict(known, DecisionWords.WasOver(experiment, at)) : status.Replace('_', ' ');

    /// <summary>A key where the design that runs has it.</summary>
    private static string Variation(int? index, Experiment experiment) =>
        index is { } arm && arm >= 0 && arm < experiment.Design.Setup.Variations.Length ? experiment.Design.Setup.Variations[arm].Key : Figures.None;
}
