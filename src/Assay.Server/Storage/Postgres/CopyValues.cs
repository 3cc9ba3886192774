using Npgsql;
using NpgsqlTypes;

namespace Assay.Server.Storage.Postgres;

internal static class CopyValues
{
    public static Task WriteOrNullAsync(this NpgsqlBinaryImporter writer, long? value, CancellationToken cancellation) =>
        value is { } known ? writer.WriteAsync(known, NpgsqlDbType.Bigint, cancellation) : writer.WriteNullAsync(cancellation);

    public static Task WriteOrNullAsync(this NpgsqlBinaryImporter writer, Guid? value, CancellationToken cancellation) =>
        value is { } known ? writer.WriteAsync(known, NpgsqlDbType.Uuid, cancellation) : writer.WriteNullAsync(cancellation);

    public static Task WriteOrNullAsync(this NpgsqlBinaryImporter writer, string? value, CancellationToken cancellation) =>
        value is not null ? writer.WriteAsync(value, NpgsqlDbType.Text, cancellation) : writer.WriteNullAsync(cancellation);
}
