using System.Collections.Immutable;

namespace Assay.Server.Storage;

/// <summary>Links between ids that one request makes or lifts.</summary>
/// <param name="Items">Which.</param>
/// <param name="IsLifting">Whether they end.</param>
/// <param name="Actor">Who asked for it.</param>
internal sealed record LinkBatch(ImmutableArray<LinkItem> Items, bool IsLifting, string Actor)
{
    /// <summary>Roughly the bytes that the batch takes in memory.</summary>
    public long Bytes => Items.Sum(item => ItemSize.Of(item.AnonymousId, item.UserId));
}

/// <param name="Index">Place in the request.</param>
/// <param name="AnonymousId">The id that was used before.</param>
/// <param name="UserId">The id that is used from then on; '' where the link is lifted, whomever it goes to.</param>
internal sealed record LinkItem(int Index, string AnonymousId, string UserId);

/// <summary>What became of a link.</summary>
internal enum LinkFate
{
    Recorded,

    /// <summary>It was in force already, or already not.</summary>
    Duplicate,

    /// <summary>The anonymous id is linked to another user id, which stays.</summary>
    Conflict,

    /// <summary>The user id is linked to the anonymous one, by however many links.</summary>
    Cycle,
}

/// <summary>What became of a request, once committed.</summary>
/// <param name="Fates">In the order of its items.</param>
internal sealed record LinkOutcome(ImmutableArray<LinkFate> Fates, long Watermark);

/// <summary>A link in force.</summary>
/// <param name="AnonymousId">The id that was used before.</param>
/// <param name="UserId">The id that it is linked to.</param>
/// <param name="Since">When it was made.</param>
/// <param name="Watermark">The commit that made it.</param>
internal sealed record Identity(string AnonymousId, string UserId, DateTimeOffset Since, long Watermark);
