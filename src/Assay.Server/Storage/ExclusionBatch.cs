using System.Collections.Immutable;

namespace Assay.Server.Storage;

/// <summary>Exclusions that one commit makes or lifts.</summary>
/// <param name="Items">Whose, and from what.</param>
/// <param name="IsLifting">Whether they end.</param>
/// <param name="Actor">Who asked for it.</param>
internal sealed record ExclusionBatch(ImmutableArray<ExclusionItem> Items, bool IsLifting, string Actor);

/// <param name="Index">Place in the request.</param>
/// <param name="UserId">The unit, seen before or not.</param>
/// <param name="Experiment">Null for all experiments.</param>
/// <param name="Reason">As a person wrote it.</param>
internal sealed record ExclusionItem(int Index, string UserId, string? Experiment, string? Reason);

/// <summary>An exclusion in force.</summary>
/// <param name="Unit">The unit's number: what the audit calls it.</param>
/// <param name="UserId">Who it is.</param>
/// <param name="Experiment">Null for all experiments.</param>
/// <param name="Reason">As a person wrote it.</param>
/// <param name="Since">When it was made.</param>
internal sealed record Exclusion(long Unit, string UserId, string? Experiment, string? Reason, DateTimeOffset Since);
