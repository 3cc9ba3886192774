using System.Text.Json.Serialization;

namespace Assay.Server.Events;

/// <summary>An item that was not stored, and why.</summary>
/// <param name="Index">Place in the request, from 0.</param>
/// <param name="Code">One of <see cref="RejectionCodes"/>.</param>
internal sealed record Rejection(int Index, string Code, string Detail)
{
    /// <summary>The arm it was meant for, where that could be read: refusals are counted by arm.</summary>
    [JsonIgnore]
    public int? Variation { get; init; }
}

/// <summary>Why an item is refused: stable words that a client may switch on.</summary>
internal static class RejectionCodes
{
    public const string MissingUserId = "missing_user_id";
    public const string MissingAnonymousId = "missing_anonymous_id";
    public const string MissingField = "missing_field";
    public const string InvalidValue = "invalid_value";
    public const string TooLong = "too_long";
    public const string UnknownField = "unknown_field";
    public const string UnknownExperiment = "unknown_experiment";
    public const string UnknownVariation = "unknown_variation";
    public const string UnknownMetric = "unknown_metric";
    public const string UnknownCovariate = "unknown_covariate";
    public const string BeforeStart = "before_start";
    public const string AfterStop = "after_stop";
    public const string TimeTooFarAhead = "time_too_far_ahead";
    public const string BeforeRetention = "before_retention";
    public const string ConflictingDuplicate = "conflicting_duplicate";
    public const string SelfLink = "self_link";
    public const string ConflictingLink = "conflicting_link";
    public const string IdentityCycle = "identity_cycle";
}
