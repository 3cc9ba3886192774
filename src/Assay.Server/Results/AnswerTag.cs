using System.Globalization;
using Assay.Server.Storage;

namespace Assay.Server.Results;

/// <summary>The ETag of what is told of an experiment's accumulators: all that can change the answer, which the watermark and the time of asking are not.</summary>
internal static class AnswerTag
{
    /// <param name="experiment">Its creation tells drafts of one key apart, its version the designs.</param>
    /// <param name="touchedBy">The last commit that changed anything of it.</param>
    /// <param name="newest">The newest completed maturity bucket.</param>
    /// <param name="query">What was asked, where that is not all one.</param>
    public static string Of(Experiment experiment, long touchedBy, long? newest, string query) => string.Create(
        CultureInfo.InvariantCulture,
        $"W/\"{experiment.CreatedAt.Ticks:x}.{experiment.Version}.{touchedBy}.{newest?.ToString("x", CultureInfo.InvariantCulture) ?? "-"}{query}\"");
}
