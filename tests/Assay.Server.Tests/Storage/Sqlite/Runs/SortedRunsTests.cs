using System.Buffers;
using Assay.Server.Storage.Commits;
using Assay.Server.Storage.Sqlite;
using Assay.Server.Storage.Sqlite.Runs;
using CsCheck;

namespace Assay.Server.Tests.Storage.Sqlite.Runs;

public sealed class SortedRunsTests : IAsyncLifetime
{
    private StoreFile? _file;

    public async ValueTask InitializeAsync() => _file = await StoreFile.CreateAsync(fast: true);

    public ValueTask DisposeAsync()
    {
        _file!.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Batches of very different sizes, so that runs of every size are merged, some at once and some in pieces; some are rolled back, and sometimes the file is opened anew.</summary>
    [Fact]
    public void What_was_added_is_found_by_its_key_and_in_the_order_of_keys_whatever_has_been_merged_meanwhile() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[1, 6_000], Gen.Int[0, 9], Gen.Int).Array[1, 24].Sample(
            steps =>
            {
                var known = new SortedDictionary<long, List<string>>();
                var database = Open();
                database.Execute("delete from runs");
                database.Execute("delete from run_chunks");
                database.Execute("delete from run_filters");
                var runs = new SortedRuns(database, RunKind.Rows);
                foreach (var (scale, size, luck, seed) in steps)
                {
                    var added = Entries(Math.Max(1, size >> (2 * scale)), seed);
                    if (luck == 0)
                    {
                        Assert.Throws<OperationCanceledException>(() => database.Write<int>(() =>
                        {
                            runs.Append(Batch(added));
                            throw new OperationCanceledException();
                        }));
                        runs.Forget();
                        continue;
                    }

                    database.Write(() =>
                    {
                        runs.Append(Batch(added));
                        return 0;
                    });
                    foreach (var (key, content) in added) ListOf(known, key).Add(content);
                    if (luck != 1) continue;
                    database.Dispose();
                    database = Open();
                    runs = new SortedRuns(database, RunKind.Rows);
                }

                foreach (var key in known.Keys.Where((_, i) => i % 97 == 0)) Assert.Equal(known[key].Order(StringComparer.Ordinal), Collect(runs, key));
                Assert.Empty(Collect(runs, 1_000_003));
                Assert.Equal(known.SelectMany(entry => entry.Value.Order(StringComparer.Ordinal).Select(content => (entry.Key, content))), Scan(database));
                database.Dispose();
            },
            iter: 40,
            threads: 1);

    /// <summary>A few chunks at a time, with batches between, so that merges are under way; some parts are rolled back, and sometimes the file is opened anew.</summary>
    [Fact]
    public void Entries_are_taken_out_part_by_part_whatever_is_merged_meanwhile_and_every_other_is_found() =>
        Gen.Select(Gen.Int[1, 30], Gen.Int[0, 9], Gen.Int).Array[1, 12].Sample(
            steps =>
            {
                var database = Open();
                foreach (var table in (string[])["runs", "run_chunks", "run_filters"]) database.Execute($"delete from {table}");
                var runs = new SortedRuns(database, RunKind.Rows);
                var known = new List<(long Key, string Content)>();
                for (var i = 0; i < 40; i++) Add(3_000, i);
                long? place = null;
                var seen = new HashSet<(long, string)>();
                var added = 1_000;
                foreach (var (chunks, luck, seed) in steps.Concat(Enumerable.Repeat((60, 5, 1), 1_000)))
                {
                    if (luck == 0)
                    {
                        Assert.Throws<OperationCanceledException>(() => database.Write<int>(() =>
                        {
                            runs.Sift(place, chunks, (_, _, _) => { });
                            throw new OperationCanceledException();
                        }));
                        runs.Forget();
                    }

                    place = database.Write(() => runs.Sift(place, chunks, Sift));
                    if (place is null) break;
                    if (luck > 5) Add(seed & 0xFFF, ++added); // Content of its own: what was seen is told by it.
                    if (luck != 1) continue;
                    database.Dispose();
                    database = Open();
                    runs = new SortedRuns(database, RunKind.Rows);
                }

                Assert.Null(place);
                database.Write(() =>
                {
                    runs.Tidy();
                    return 0;
                });
                var left = known.Where(entry => !(Goes(entry.Content) && seen.Contains(entry))).OrderBy(entry => entry.Key).ThenBy(entry => entry.Content, StringComparer.Ordinal).ToList();
                Assert.Equal(left, Scan(database));
                foreach (var key in left.Select(entry => entry.Key).Distinct().Where((_, i) => i % 97 == 0))
                    Assert.Equal(left.Where(entry => entry.Key == key).Select(entry => entry.Content), Collect(runs, key));
                Assert.Equal(0, database.Number("select count(*) from runs r where is_growing = 0 and into_run is null and not exists (select 1 from run_chunks c where c.run = r.run)"));
                database.Dispose();

                void Add(int count, int seed)
                {
                    var entries = Entries(Math.Max(1, count), seed);
                    database.Write(() =>
                    {
                        runs.Append(Batch(entries));
                        return 0;
                    });
                    known.AddRange(entries);
                }

                void Sift(long key, ReadOnlySpan<byte> content, IBufferWriter<byte> kept)
                {
                    var text = Contents(content.ToArray()).Single();
                    seen.Add((key, text));
                    if (!Goes(text)) kept.Write(content);
                }
            },
            iter: 8,
            threads: 1);

    [Fact]
    public void Runs_of_one_size_become_one_of_the_next_so_that_few_are_left()
    {
        using var database = Open();
        var runs = new SortedRuns(database, RunKind.Ids);
        for (var i = 0; i < 300; i++)
        {
            database.Write(() =>
            {
                runs.Append(Batch(Entries(200, i)));
                return 0;
            });
        }

        Assert.InRange(database.Number("select count(*) from runs"), 1, 20);
        Assert.Equal(database.Number("select count(*) from runs where is_growing = 0"), database.Number("select count(*) from run_filters"));
        Assert.Equal(0, database.Number("select count(*) from run_chunks c where not exists (select 1 from runs r where r.run = c.run)"));
        using var scan = new RunScan(database, RunKind.Ids);
        var entries = 0;
        for (; scan.Key is not null; scan.Advance()) entries++;
        Assert.Equal(60_000, entries);
    }

    /// <summary>A key of very many entries fills several chunks that begin with it, and one content may be larger than a chunk.</summary>
    [Fact]
    public void A_key_may_have_more_than_a_chunk_holds()
    {
        using var database = Open();
        var runs = new SortedRuns(database, RunKind.Rows);
        var expected = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            var added = Enumerable.Range(0, 2_000).Select(j => (Key: 7L, Content: $"{i}-{j}-{new string('x', j % 50)}")).Append((Key: 7L, Content: new string((char)('a' + i), 30_000))).Append((Key: 6L, Content: "before")).Append((Key: 8L, Content: "after")).ToList();
            expected.AddRange(added.Where(entry => entry.Item1 == 7).Select(entry => entry.Item2));
            database.Write(() =>
            {
                runs.Append(Batch(added));
                return 0;
            });
        }

        Assert.Equal(expected.Order(StringComparer.Ordinal), Collect(runs, 7));
        Assert.Equal(12, Collect(runs, 6).Count);
        Assert.Equal(12, Collect(runs, 8).Count);
    }

    private static bool Goes(string content) => content[^1] is not ('3' or '7');

    private static List<(long Key, string Content)> Entries(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => (random.NextInt64(-5_000, 5_000) * (seed % 3 == 0 ? 1_234_567_891_011L : 1), $"{seed:x}.{i}"))];
    }

    private static RunBatch Batch(IEnumerable<(long Key, string Content)> entries)
    {
        var batch = new RunBatch();
        foreach (var (key, content) in entries)
        {
            Varint.Write(batch.Content, (ulong)content.Length);
            batch.Content.Write(System.Text.Encoding.ASCII.GetBytes(content));
            batch.Add(key);
        }

        return batch;
    }

    private static List<string> Collect(SortedRuns runs, long key)
    {
        var found = new ArrayBufferWriter<byte>();
        runs.Collect(key, found);
        return [.. Contents(found.WrittenSpan.ToArray()).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Contents(byte[] bytes)
    {
        for (var place = 0; place < bytes.Length;)
        {
            var length = (int)Varint.Read(bytes, ref place);
            yield return System.Text.Encoding.ASCII.GetString(bytes, place, length);
            place += length;
        }
    }

    private static List<(long Key, string Content)> Scan(EventDatabase database)
    {
        var found = new List<(long Key, string Content)>();
        using var scan = new RunScan(database, RunKind.Rows);
        for (; scan.Key is { } key; scan.Advance())
            found.AddRange(Contents(scan.Content.ToArray()).Select(content => (key, content)));
        Assert.Equal(found.Select(entry => entry.Key).Order(), found.Select(entry => entry.Key));
        return [.. found.OrderBy(entry => entry.Key).ThenBy(entry => entry.Content, StringComparer.Ordinal)];
    }

    private static List<string> ListOf(SortedDictionary<long, List<string>> known, long key)
    {
        if (!known.TryGetValue(key, out var list)) known.Add(key, list = []);
        return list;
    }

    private EventDatabase Open() => new(_file!.ConnectionString);
}
