using System.Text.Json;

namespace Assay.Sdk;

/// <summary>A unit did something, whether or not an experiment asks for it yet.</summary>
/// <param name="Id">Identity of this event in the whole installation: sent again, it is counted once.</param>
/// <param name="UserId">The unit, exact and case-sensitive.</param>
/// <param name="Name">Name of the event.</param>
/// <param name="Value">Value of the event; null lets the server take its default.</param>
/// <param name="OccurredAt">When; null for the time of arrival.</param>
/// <param name="Properties">A JSON object of further properties.</param>
public sealed record EventItem(string Id, string UserId, string Name, double? Value = null, DateTimeOffset? OccurredAt = null, JsonElement? Properties = null);
