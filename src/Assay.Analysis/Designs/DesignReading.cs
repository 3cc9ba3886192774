using System.Collections.Immutable;

namespace Assay.Analysis.Designs;

/// <summary>What became of a design document: a design, or everything that is wrong with it.</summary>
/// <param name="Design">The design with every default filled in; null when there are errors.</param>
/// <param name="Errors">Every error, in the order of the rules; empty when there is a design.</param>
public sealed record DesignReading(Design? Design, ImmutableArray<DesignError> Errors);

/// <summary>One thing that is wrong with a design document.</summary>
/// <param name="Pointer">Where: a JSON pointer into the document (RFC 6901).</param>
/// <param name="Code">What: one of <see cref="DesignErrorCode"/>.</param>
/// <param name="Detail">Why, in a sentence for people.</param>
public sealed record DesignError(string Pointer, string Code, string Detail);

/// <summary>The codes of a <see cref="DesignError"/>.</summary>
public static class DesignErrorCode
{
    /// <summary>A required field is absent or null.</summary>
    public const string MissingField = "missing_field";

    /// <summary>A field that no design has.</summary>
    public const string UnknownField = "unknown_field";

    /// <summary>Another JSON type is wanted.</summary>
    public const string InvalidType = "invalid_type";

    /// <summary>The right type, and a value that means nothing here.</summary>
    public const string InvalidValue = "invalid_value";

    /// <summary>A number, or a number of members, outside its range.</summary>
    public const string OutOfRange = "out_of_range";

    /// <summary>A text of more characters than fit.</summary>
    public const string TooLong = "too_long";

    /// <summary>A name that is taken already.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>A field or value of the contract that this version cannot honour, and therefore refuses to store.</summary>
    public const string NotSupportedYet = "not_supported_yet";
}
