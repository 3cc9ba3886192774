using Assay.Server.Storage.Commits;
using Npgsql;
using static Assay.Server.Storage.Postgres.Commands;

namespace Assay.Server.Storage.Postgres;

/// <summary>What commits counted that no row tells, in SQL.</summary>
internal static class ArrivalRows
{
    /// <summary>Goes back before every commit since a moment, however many.</summary>
    public static async Task GoBackAsync(NpgsqlConnection connection, Past past, PastView view, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select counts from arrivals where watermark >= $1 and (watermark > $1 or at > $2)", connection)
        {
            CommandTimeout = 0,
            Parameters = { With(view.Watermark), With(view.ReadAt) },
        };
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) past.GoBefore(rows.GetFieldValue<byte[]>(0));
    }
}
