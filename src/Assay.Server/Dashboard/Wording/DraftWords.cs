using Assay.Analysis.Wording;

namespace Assay.Server.Dashboard.Wording;

/// <summary>A draft that is changed or deleted.</summary>
internal static class DraftWords
{
    private static readonly Texts Text = Texts.Of(typeof(DraftWords));

    public static string Title => Text.Get();
    public static string Link => Text.Get();
    public static string Save => Text.Get();
    public static string Kept => Text.Get();
    public static string NotNow => Text.Get();
    public static string Changed => Text.Get();
    public static string ChangedSinceSeen => Text.Get();
    public static string Unseen => Text.Get();

    public static string TitleOf(string name) => Text.Format(nameof(TitleOf), name);
}
