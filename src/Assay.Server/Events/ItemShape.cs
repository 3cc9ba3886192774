using System.Collections.Immutable;
using System.Text;

namespace Assay.Server.Events;

/// <summary>What a route's items look like on the wire: the envelope's array and the fields, each in the slot of <see cref="WrittenItem"/> it fills.</summary>
/// <param name="Array">Name of the array in the JSON envelope.</param>
internal sealed record ItemShape(string Array, ImmutableArray<ItemField> Fields)
{
    public static ItemShape Exposures { get; } = new("exposures", [
        new("user_id", Slot.UserId, Required: true),
        new("variation_index", Slot.VariationIndex),
        new("variation_key", Slot.VariationKey),
        new("occurred_at", Slot.OccurredAt),
        new("id", Slot.Id),
        new("attributes", Slot.Properties),
        new("source", Slot.Source)]);

    public static ItemShape Conversions { get; } = new("conversions", [
        new("user_id", Slot.UserId, Required: true),
        new("metric", Slot.Name, Required: true),
        new("value", Slot.Value),
        new("idempotency_key", Slot.Id),
        new("occurred_at", Slot.OccurredAt)]);

    public static ItemShape PrePeriod { get; } = new("values", [
        new("user_id", Slot.UserId, Required: true),
        new("covariate", Slot.Name, Required: true),
        new("value", Slot.Value, Required: true)])
    { IsTimed = false };

    public static ItemShape Events { get; } = new("events", [
        new("id", Slot.Id, Required: true),
        new("user_id", Slot.UserId, Required: true),
        new("name", Slot.Name, Required: true),
        new("value", Slot.Value),
        new("occurred_at", Slot.OccurredAt),
        new("properties", Slot.Properties)]);

    public static ItemShape Exclusions { get; } = new("exclusions", [
        new("user_id", Slot.UserId, Required: true),
        new("experiment", Slot.Name),
        new("reason", Slot.Reason)])
    { IsTimed = false };

    public static ItemShape Identities { get; } = new("identities", [
        new("anonymous_id", Slot.AnonymousId, Required: true),
        new("user_id", Slot.UserId, Required: true)])
    { IsTimed = false };

    /// <summary>Whether items have times, and the envelope a <c>sent_at</c> to correct them by.</summary>
    public bool IsTimed { get; private init; } = true;
}

/// <summary>A field of an item.</summary>
internal sealed record ItemField(string Name, Slot Slot, bool Required = false)
{
    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(Name);

    /// <summary>What an item without it is refused as.</summary>
    public string CodeWhenMissing { get; } = Slot switch
    {
        Slot.UserId => RejectionCodes.MissingUserId,
        Slot.AnonymousId => RejectionCodes.MissingAnonymousId,
        _ => RejectionCodes.MissingField,
    };
}

/// <summary>Where a field's value goes.</summary>
internal enum Slot
{
    UserId,
    Name,
    Id,
    VariationIndex,
    VariationKey,
    Value,
    OccurredAt,
    Properties,
    Source,
    Reason,
    AnonymousId,
}
