using Npgsql;
using static Assay.Server.Storage.Postgres.Commands;

namespace Assay.Server.Storage.Postgres;

/// <summary>What commits counted that no row tells, in SQL.</summary>
internal static class ArrivalRows
{
    /// <summary>What was counted after a moment, the last first.</summary>
    public static async Task<List<byte[]>> AfterAsync(NpgsqlConnection connection, PastView view, CancellationToken cancellation)
    {
        await using var batch = connection.Batch(Sql(
            "select counts from arrivals where watermark >= $1 and (watermark > $1 or at > $2) order by watermark desc, at desc, number desc", With(view.Watermark), With(view.ReadAt)));
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        var found = new List<byte[]>();
        while (await rows.ReadAsync(cancellation)) found.Add(rows.GetFieldValue<byte[]>(0));
        return found;
    }
}
