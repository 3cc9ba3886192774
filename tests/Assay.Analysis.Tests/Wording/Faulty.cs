using Assay.Analysis.Wording;

namespace Assay.Analysis.Tests.Wording;

/// <summary>Texts with every fault that there can be.</summary>
internal static class Faulty
{
    private static readonly Texts Text = Texts.Of(typeof(Faulty));

    public static string Missing => Text.Get();

    public static string Day(DayOfWeek day) => Text.Case(nameof(Day), day);

    public static string Guests(long count) => Text.Plural(nameof(Guests), count, "");

    public static string Bring(string host, string gift) => Text.Format(nameof(Bring), host, gift);
}
