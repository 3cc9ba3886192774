using System.Globalization;
using Assay.Server.Dashboard.Wording;
using Assay.Server.Hosting;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard.Past;

/// <summary>GET /experiments/{key}/audit: all that happened to an experiment, the newest first, a page at a time.</summary>
internal static class ShowAudit
{
    /// <summary>Entries of one page.</summary>
    public const int PageLength = 50;

    /// <summary>Newest entries of the installation whose chain a page follows: enough to tell a break of today, and few enough to cost nothing.</summary>
    private const int Followed = 200;

    /// <param name="before">The number of an entry: only those before it; the newest unless given.</param>
    public static async Task<IResult> Handle(string key, string? before, ExperimentDirectory directory, ICatalog catalog, CancellationToken cancellation)
    {
        if (await directory.FindAsync(key, cancellation) is not { } experiment) return Problems.UnknownExperiment(key);
        long? from = null;
        if (!string.IsNullOrEmpty(before))
        {
            if (!long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return Problems.InvalidQuery([new ProblemError("before", "invalid_value", ProblemWords.NoEntry(before))]);
            from = number;
        }

        var rows = await catalog.ListAuditAsync(new AuditQuery(key, PageLength + 1, from), cancellation);
        var told = new Told(
            (await catalog.ListDecisionsAsync(key, cancellation)).ToDictionary(row => row.Number),
            await RecordsAsync(RecordKind.Verdict),
            await RecordsAsync(RecordKind.Iteration));
        return new PageResult<AuditPage>(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(AuditPage.Experiment)] = experiment.ToHistory(),
            [nameof(AuditPage.Entries)] = rows.Take(PageLength).Select(row => HistoryEntry.Of(row, experiment, told)).ToList(),
            [nameof(AuditPage.Chain)] = ChainState.Of(await catalog.ListAuditAsync(new AuditQuery(null, Followed, null), cancellation)),
            [nameof(AuditPage.Older)] = rows.Length > PageLength ? rows[PageLength - 1].Number : null,
            [nameof(AuditPage.IsNewest)] = from is null,
        });

        async Task<Dictionary<string, RecordRow>> RecordsAsync(RecordKind kind) => (await catalog.ListRecordsAsync(key, kind, cancellation)).ToDictionary(row => row.Name, StringComparer.Ordinal);
    }

    private static HistoryOf ToHistory(this Experiment experiment) => new(experiment.Key, experiment.Design.Name);
}

/// <summary>The experiment that a history is of. Public because components are.</summary>
public sealed record HistoryOf(string Key, string Name);
