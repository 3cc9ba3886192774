using Assay.Server.Storage;
using Assay.Server.Storage.Commits;
using Assay.Server.Storage.Sqlite;

namespace Assay.Server.Tests.Storage.Sqlite;

public sealed class PersonScanTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(1 << 20)]
    public async Task In_however_many_passes_every_noted_unit_of_a_person_is_shown_with_all_its_rows(long mostBytes)
    {
        using var file = await StoreFile.CreateAsync(fast: true);
        await using (var store = new SqliteEventStore(file.ConnectionString))
        {
            // Units 1 to 9, with as many rows as their number, in two commits each.
            for (var part = 0; part < 2; part++)
            {
                await store.CommitAsync(
                    [new Batch("one", 1) { Exposures = [.. Enumerable.Range(1, 9).SelectMany(unit => Enumerable.Range(0, unit).Where(i => i % 2 == part).Select(i => Row(unit, i)))] }],
                    History.Origin, CancellationToken.None);
            }

            await store.LinkAsync(
                [new LinkBatch([new LinkItem(0, "u9", "u2"), new LinkItem(1, "u3", "u9"), new LinkItem(2, "u8", "u4")], IsLifting: false, "a")], History.Origin, CancellationToken.None);
        }

        using var database = EventDatabase.Reading(file.ConnectionString);
        var scan = new PersonScan(database, new LinkRows(database).Load(), mostBytes);
        foreach (var unit in (long[])[9, 3, 8, 2]) scan.Note(unit, 40 * unit);
        var shown = new List<string>();
        scan.Visit((person, units) => shown.Add($"{person}: {string.Join(' ', units.OrderBy(unit => unit.Unit).Select(unit => $"{unit.Unit}×{Count(unit.Rows)}"))}"), CancellationToken.None);
        Assert.Equal(["2: 2×2 3×3 9×9", "4: 8×8"], shown);

        static ExposureItem Row(int unit, int i) => new(i, $"u{unit}", 0, 1_000 - i, null, $"{unit}-{i}", null, null);
    }

    private static int Count(byte[] rows)
    {
        var count = 0;
        for (var place = 0; place < rows.Length; count++) RowPacking.Read(rows, ref place);
        return count;
    }
}
