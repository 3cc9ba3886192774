using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Analysis.Verdicts;
using Assay.Server.Dashboard.Forms;
using Assay.Server.Dashboard.Wording;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard.Acting;

/// <summary>The form to decide, as the body of <c>decide</c>.</summary>
internal static class DecisionForm
{
    public const string Decision = "decision";
    public const string Variation = "variation_index";
    public const string Reason = "reason";

    /// <summary>The status of the verdict that the form was opened on.</summary>
    public const string Verdict = "verdict";

    /// <summary>A refused form with the refusal in the words of the page, which calls nothing by its name in the API.</summary>
    /// <param name="form">The form beside its refusal.</param>
    /// <param name="now">The verdict of now.</param>
    /// <param name="isOver">Whether the experiment is stopped.</param>
    public static TypedForm InWords(TypedForm form, VerdictStatus now, bool isOver) => form with
    {
        Refusal = form.Code == "verdict_changed" && Wire.TryParse<VerdictStatus>(form[Verdict]) is { } seen ? DecisionWords.Changed(seen, now, isOver) : form.Refusal,
        Errors = [.. form.Errors.Select(error => (error.Pointer.TrimStart('/'), error.Code) switch
        {
            (Decision, _) => error with { Detail = DecisionWords.NoDecision },
            (Variation, "missing_field" or "out_of_range" or "invalid_value") => error with { Detail = DecisionWords.NoTreatment },
            (Variation, "not_applicable") => error with { Detail = DecisionWords.NotShipped },
            (Reason, "reason_needed") => error with { Detail = DecisionWords.ReasonNeeded(now, isOver) },
            (Verdict, _) => error with { Detail = DecisionWords.NoVerdict },
            _ => error,
        })],
    };

    public static JsonObject ToJson(TypedForm form)
    {
        var body = new JsonObject();
        foreach (var field in (ReadOnlySpan<string>)[Decision, Reason, Verdict])
        {
            if (form[field].Length > 0) body[field] = form[field];
        }

        if (form[Variation] is { Length: > 0 } variation)
            body[Variation] = int.TryParse(variation, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : variation;
        return body;
    }
}
