using System.Collections.Immutable;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard;

/// <summary>Which experiments the list is asked for. Public because components are; what is inside stays in the server.</summary>
public sealed record ListSearch
{
    /// <summary>Beside the statuses: those that wait for a person.</summary>
    internal const string NeedsMe = "needs-me";

    private readonly string[] _terms;

    /// <param name="text">Words that an experiment's key, name, hypothesis or metrics contain, each of them, in any case.</param>
    /// <param name="status">A status, or <see cref="NeedsMe"/>; anything else asks for all.</param>
    internal ListSearch(string? text, string? status)
    {
        Text = text?.Trim() ?? "";
        Status = status is not null && (status == NeedsMe || Wire.TryParse<ExperimentStatus>(status) is not null) ? status : "";
        _terms = Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    internal string Text { get; }

    /// <summary>Empty for all.</summary>
    internal string Status { get; }

    internal bool IsOfAll => _terms.Length == 0 && Status.Length == 0;

    internal ImmutableArray<ExperimentSheet> Find(IEnumerable<ExperimentSheet> sheets) => [.. sheets.Where(sheet => HasStatus(sheet) && HasWords(sheet))];

    private bool HasStatus(ExperimentSheet sheet) => Status switch
    {
        "" => true,
        NeedsMe => Attentions.Of(sheet) is Attention.SampleRatio or Attention.Problem or Attention.Harm or Attention.ReadyToDecide,
        _ => Wire.Name(sheet.Experiment.Status) == Status,
    };

    private bool HasWords(ExperimentSheet sheet)
    {
        if (_terms.Length == 0) return true;
        var metrics = sheet.Design.Metrics;
        string?[] texts =
        [
            sheet.Experiment.Key, sheet.Design.Name, sheet.Design.Hypothesis?.Statement, metrics.Primary.Name,
            .. metrics.MorePrimaries.Concat(metrics.Secondary).Concat(metrics.Guardrails).Select(metric => metric.Name),
        ];
        return Array.TrueForAll(_terms, term => Array.Exists(texts, text => text?.Contains(term, StringComparison.OrdinalIgnoreCase) == true));
    }
}
