using System.Buffers;
using Assay.Server.Storage;
using Assay.Server.Storage.Commits;
using CsCheck;

namespace Assay.Server.Tests.Storage;

public sealed class RowPackingTests
{
    private static readonly Gen<string?> Texts = Gen.String.AlphaNumeric.Select(text => text.Length % 3 == 0 ? null : text.Length % 3 == 1 ? text : $"{text} ünï ☂");

    private static readonly Gen<double> Values = Gen.OneOf(
        Gen.Const(1.0), Gen.Const(0.0), Gen.Double[-1e15, 1e15], Gen.Int.Select(cents => cents / 100.0), Gen.Int.Select(whole => (double)whole), Gen.Const(0.1 + 0.2), Gen.Const(double.Epsilon),
        Gen.Const(9_007_199_254_740_993d), Gen.Const(-1e15));

    private static readonly Gen<PackedRow> Rows = Gen.Select(
        Gen.Int[0, 2], Gen.Long[0, 1L << 40], Gen.Int[0, 200_000], Gen.Select(Gen.Int[0, 300], Gen.Int[-1, 20]), Gen.Long, Gen.Select(Gen.Long[-10_000_000, 10_000_000], Gen.Bool, Gen.Bool), Values,
        Gen.Select(Texts, Texts, Texts)).Select((kind, batch, item, numbers, at, times, value, texts) => new PackedRow((RowKind)kind)
        {
            Batch = batch,
            Item = batch == 0 ? 0 : item,
            Experiment = numbers.Item1,
            Name = kind == 0 ? 0 : numbers.Item1 + 1,
            Variation = kind == 0 ? numbers.Item2 : 0,
            At = kind == 2 ? 0 : at / 2,
            ClientAt = kind == 2 || times.Item2 ? null : (at / 2) + (times.Item3 ? 0 : times.Item1),
            ArrivedAt = kind == 2 ? 0 : (at / 2) + times.Item1,
            Value = kind == 0 ? 0 : value,
            Id = kind == 0 ? texts.Item1 : null,
            EventId = kind == 1 && texts.Item1 is { } id ? EventId.Of(id) : null,
            Json = kind == 2 ? null : texts.Item2,
            Source = kind == 0 ? texts.Item3 : null,
        });

    [Fact]
    public void Rows_come_back_as_they_were_one_behind_the_other() => Rows.Array[1, 20].Sample(rows =>
    {
        var bytes = new ArrayBufferWriter<byte>();
        foreach (var row in rows) RowPacking.Write(bytes, row);
        var place = 0;
        foreach (var row in rows) Assert.Equal(row, RowPacking.Read(bytes.WrittenSpan, ref place));
        Assert.Equal(bytes.WrittenCount, place);
    });

    [Fact]
    public void What_is_broken_off_is_said_to_be_damaged() => Rows.Sample(row =>
    {
        var bytes = new ArrayBufferWriter<byte>();
        RowPacking.Write(bytes, row);
        for (var length = 0; length < bytes.WrittenCount; length++)
        {
            var part = bytes.WrittenSpan[..length].ToArray();
            Assert.Throws<DamagedStorageException>(() =>
            {
                var place = 0;
                RowPacking.Read(part, ref place);
            });
        }
    });

    [Fact]
    public void An_event_with_a_uuid_and_an_amount_is_some_forty_bytes()
    {
        var bytes = new ArrayBufferWriter<byte>();
        const long At = 1_790_000_000_000_000;
        RowPacking.Write(bytes, new PackedRow(RowKind.Event) { Batch = 90_000, Item = 700, Name = 3, At = At, ClientAt = At, ArrivedAt = At + 2_500_000, Value = 49.90, EventId = EventId.Of("e") });
        Assert.InRange(bytes.WrittenCount, 30, 42);
    }
}
