using System.Collections.Immutable;
using Assay.Server.Storage.Auditing;

namespace Assay.Server.Dashboard.Past;

/// <summary>Whether the newest entries of the audit follow from one another. All of it, and whether what it tells is still stored so, <c>assay audit verify</c> says.</summary>
/// <param name="Followed">Entries whose hash follows from the one before.</param>
/// <param name="Broken">Number of the newest entry whose hash does not; null where all do.</param>
/// <param name="Head">Hash of the newest entry; null where there is none.</param>
public sealed record ChainState(int Followed, long? Broken, string? Head)
{
    /// <param name="newest">Entries of the whole installation without a gap, the newest first.</param>
    internal static ChainState Of(ImmutableArray<AuditRow> newest)
    {
        var followed = 0;
        for (var i = 0; i + 1 < newest.Length; i++)
        {
            // Before entries were chained they had no hash of their own.
            if (newest[i + 1].Hash is not { } before) break;
            if (!string.Equals(newest[i].Hash, AuditChain.Next(before, newest[i].ToEntry()), StringComparison.Ordinal)) return new ChainState(followed, newest[i].Number, newest[0].Hash);
            followed++;
        }

        return new ChainState(followed, null, newest.Length > 0 ? newest[0].Hash : null);
    }
}
