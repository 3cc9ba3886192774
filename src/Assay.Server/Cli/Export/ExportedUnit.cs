using System.Globalization;
using Assay.Analysis.Measurement;
using Assay.Server.Storage;

namespace Assay.Server.Cli.Export;

/// <summary>A unit that was exposed, as it is exported.</summary>
/// <param name="Number">Its number in the storage.</param>
/// <param name="UserId">Null where it has been erased.</param>
/// <param name="FirstExposureAt">First exposure to an arm, microseconds; null for a unit in the holdout only.</param>
/// <param name="Measured">Its values.</param>
internal readonly record struct ExportedUnit(long Number, string? UserId, long? FirstExposureAt, UnitMeasurement Measured)
{
    public bool IsInArm => Measured.Arm >= 0;

    /// <summary>A moment as exports write it: RFC 3339, UTC, to the microsecond.</summary>
    public static string Text(long microseconds) =>
        Microseconds.ToTime(microseconds).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
