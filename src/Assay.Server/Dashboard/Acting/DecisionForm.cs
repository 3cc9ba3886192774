using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Server.Dashboard.Forms;

namespace Assay.Server.Dashboard.Acting;

/// <summary>The form to decide, as the body of <c>decide</c>.</summary>
internal static class DecisionForm
{
    public const string Decision = "decision";
    public const string Variation = "variation_index";
    public const string Reason = "reason";

    /// <summary>The status of the verdict that the form was opened on.</summary>
    public const string Verdict = "verdict";

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
