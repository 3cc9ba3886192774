using System.Text.Json.Serialization;
using Assay.Analysis.Readouts;

namespace Assay.Analysis.Designs;

/// <summary>Whether a plan promises a size for a guardrail, or why not.</summary>
[JsonConverter(typeof(SnakeCaseEnum<GuardrailPrice>))]
public enum GuardrailPrice
{
    /// <summary>There is a size.</summary>
    Ok,

    /// <summary>The margin is 0 %: no loss is allowed, and where nothing is lost no size shows that.</summary>
    NoMargin,

    /// <summary>No positive mean under control is declared.</summary>
    NoBaseline,

    /// <summary>No standard deviation is declared, which a mean of values needs.</summary>
    NoSpread,

    /// <summary>More units are needed than can be counted.</summary>
    TooMany,
}
