using Assay.Server.Storage;

namespace Assay.Server.Dashboard.Past;

/// <summary>What stands beside the audit: the audit forgets nothing, so that reasons, which may name a person, are kept there.</summary>
internal sealed record Told(Dictionary<int, DecisionRow> Decisions, Dictionary<string, RecordRow> Verdicts, Dictionary<string, RecordRow> Iterations);
