using System.Collections.Immutable;
using Assay.Server.Storage.Commits;
using static Assay.Server.Storage.Moving.ColumnType;

namespace Assay.Server.Storage.Moving;

/// <summary>Everything that an installation is, in the order it is moved. What an engine keeps only for itself is not in here.</summary>
internal static class Tables
{
    public static ImmutableArray<Table> All { get; } =
    [
        new("experiments", ["key"],
        [
            new("key", Text), new("version", Integer), new("status", Text), new("iteration", Integer), new("epoch", Integer), new("created_at", Bigint),
            new("started_at", Bigint), new("stopped_at", Bigint), new("closes_at", Bigint), new("iteration_started_at", Bigint), new("search", Text), new("design", Text), new("plan", Text),
        ]),
        new("access_keys", ["id"], [new("id", Text), new("hash", Text), new("scope", Text), new("created_at", Bigint)]),
        new("audit", ["number"],
            [new("number", Bigint), new("at", Bigint), new("actor", Text), new("action", Text), new("experiment", Text), new("detail", Text), new("hash", Text)]),
        new("decisions", ["experiment", "number"],
        [
            new("experiment", Text), new("number", Integer), new("iteration", Integer), new("design_version", Integer), new("at", Bigint), new("actor", Text), new("decision", Text),
            new("variation", Integer), new("reason", Text), new("follows", Integer), new("as_of", Bigint), new("watermark", Bigint), new("verdict", Text), new("moments", Text),
        ]),
        new("records", ["experiment", "iteration", "kind", "name"],
        [
            new("experiment", Text), new("iteration", Integer), new("kind", Text), new("name", Text), new("at", Bigint), new("as_of", Bigint), new("watermark", Bigint), new("content", Text),
            new("moments", Text),
        ]),
        new("units", ["unit"], [new("unit", Bigint), new("user_id", Text)]),
        new("names", ["name"], [new("name", Integer), new("text", Text), new("last_at", Bigint)]),
        new("experiment_views", ["experiment"],
        [
            new("experiment", Integer), new("key", Text), new("view", Text), new("touched_by", Bigint), new("last_event_at", Bigint), new("rearmed", Bigint),
            new("compacted_through", Bigint), new("erased", Bigint), new("sealed_at", Bigint),
        ]),
        new("exposures", ["unit", "batch", "item"],
        [
            new("unit", Bigint), new("batch", Bigint), new("item", Integer), new("experiment", Integer), new("variation", Integer), new("at", Bigint),
            new("client_at", Bigint), new("arrived_at", Bigint), new("id", Text), new("attributes", Text), new("source", Text),
        ])
        {
            Packed = RowKind.Exposure,
        },
        new("events", ["unit", "batch", "item"],
        [
            new("unit", Bigint), new("batch", Bigint), new("item", Integer), new("name", Integer), new("at", Bigint), new("client_at", Bigint),
            new("arrived_at", Bigint), new("value", Real), new("scope", Integer), new("id", Uuid), new("properties", Text), new("id_text", Text),
        ])
        {
            Packed = RowKind.Event,
        },
        new("covariates", ["unit", "experiment", "name"],
            [new("unit", Bigint), new("experiment", Integer), new("name", Integer), new("batch", Bigint), new("value", Real)])
        {
            Packed = RowKind.Covariate,
        },
        new("accumulators", ["experiment", "epoch", "arm", "metric", "slice", "matures_at"],
        [
            new("experiment", Integer), new("epoch", Integer), new("arm", Integer), new("metric", Text), new("slice", Text), new("matures_at", Bigint), new("sums", Bytes),
        ]),
        new("event_counts", ["experiment", "name"], [new("experiment", Integer), new("name", Integer), new("count", Bigint), new("total", Bytes)]),
        new("receipt_counts", ["experiment", "variation", "day"],
        [
            new("experiment", Integer), new("variation", Integer), new("day", Bigint), new("received", Bigint), new("duplicate", Bigint), new("refused", Bigint),
        ]),
        new("arrivals", ["watermark", "number"], [new("watermark", Bigint), new("number", Bigint), new("at", Bigint), new("counts", Bytes)]),
        new("exclusions", ["unit", "experiment", "watermark"],
        [
            new("unit", Bigint), new("experiment", Integer), new("reason", Text), new("since", Bigint), new("watermark", Bigint), new("lifted_at", Bigint), new("lifted_by", Bigint),
        ]),
        new("identity_links", ["unit", "watermark"],
        [
            new("unit", Bigint), new("into_unit", Bigint), new("since", Bigint), new("watermark", Bigint), new("lifted_at", Bigint), new("lifted_by", Bigint),
        ]),
        new("erasures", ["watermark", "unit"], [new("watermark", Bigint), new("unit", Bigint), new("at", Bigint)]),
        new("retention", ["watermark"], [new("watermark", Bigint), new("horizon", Bigint), new("last_unit", Bigint), new("at", Bigint), new("swept_at", Bigint)]),
        new("commits", ["batch"], [new("batch", Bigint), new("watermark", Bigint), new("committed_at", Bigint)]),
    ];
}
