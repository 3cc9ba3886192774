using Assay.Analysis.Readouts;

namespace Assay.Server.Dashboard.Wording;

/// <summary>What a page says of planned looks.</summary>
internal static class LookWords
{
    public const string Title = "Looks";
    public const string Note = "The server takes one when information on completed units reaches a planned share; reading takes none, and a look never changes.";
    public const string Hypothesis = "Comparison";
    public const string Taken = "Looks taken";
    public const string Information = "Information";
    public const string Last = "z at the last";
    public const string Bound = "Its bound";
    public const string Next = "Next bound";
    public const string Outcome = "Outcome";
    public const string Table = "As a table";
    public const string Look = "Look";
    public const string When = "Taken";
    public const string Z = "z";

    public static string Before(int count) => $"{Figures.Count(count)} earlier {(count == 1 ? "look" : "looks")} in the";

    public static string TakenOf(int taken, int planned) => $"{Figures.Count(taken)} of {Figures.Count(planned)}";

    /// <param name="looks">Of one hypothesis, in order.</param>
    /// <param name="planned">How many there are to be.</param>
    public static string OutcomeOf(IReadOnlyList<LookReadout> looks, int planned) => looks switch
    {
        [] => "none taken yet",
        [.., { Crossed: true } last] => $"crossed at look {Figures.Count(last.Look)}",
        [.., var last] when last.Look >= planned => "ended, no crossing",
        _ => "goes on",
    };

    /// <summary>The chart in a sentence.</summary>
    public static string Aloud(string metric, string treatment, IReadOnlyList<LookReadout> looks, int planned) => looks is [.., var last]
        ? $"{metric}, {treatment}: z {Figures.Value(last.Z)} at look {Figures.Count(last.Look)} of {Figures.Count(planned)}, at {Figures.Share(last.InformationFraction)} of the information; its bound is ±{Figures.Value(last.BoundaryZ)}. {OutcomeOf(looks, planned)}."
        : $"{metric}, {treatment}: none of {Figures.Count(planned)} looks taken yet.";
}
