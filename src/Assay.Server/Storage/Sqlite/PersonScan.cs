using System.Buffers;
using Assay.Server.Storage.Commits;
using Assay.Server.Storage.Sqlite.Runs;

namespace Assay.Server.Storage.Sqlite;

/// <summary>Rows of persons, which are in the runs wherever their units are: read in as many further passes as keep what is in memory small.</summary>
/// <param name="database">A reader's transaction.</param>
/// <param name="links">Who is one person in it.</param>
/// <param name="mostBytes">Packed rows in memory, unless a single person has more.</param>
internal sealed class PersonScan(EventDatabase database, LinkedUnits links, long mostBytes = 64 << 20)
{
    private const int EntriesBetweenLooks = 16_384;
    private readonly List<(long Person, long Unit, long Bytes)> _noted = [];

    /// <summary>Notes a unit whose rows are to be read.</summary>
    public void Note(long unit, long bytes) => _noted.Add((links.PersonOf(unit), unit, bytes));

    /// <summary>Shows every person of whom a unit was noted, in the order of their numbers.</summary>
    /// <param name="visit">Told a person and the packed rows of its noted units.</param>
    /// <param name="cancellation">Ends it.</param>
    public void Visit(Action<long, IReadOnlyList<(long Unit, byte[] Rows)>> visit, CancellationToken cancellation)
    {
        var persons = _noted.GroupBy(noted => noted.Person).OrderBy(person => person.Key);
        var (together, bytes) = (new List<IGrouping<long, (long Person, long Unit, long Bytes)>>(), 0L);
        foreach (var person in persons)
        {
            var more = person.Sum(noted => noted.Bytes);
            if (together.Count > 0 && bytes + more > mostBytes)
            {
                Show();
                together.Clear();
                bytes = 0;
            }

            together.Add(person);
            bytes += more;
        }

        Show();

        void Show()
        {
            var rows = Collect(together.SelectMany(person => person).Select(noted => noted.Unit).ToHashSet(), cancellation);
            foreach (var person in together) visit(person.Key, [.. person.Select(noted => (noted.Unit, rows[noted.Unit]))]);
        }
    }

    private Dictionary<long, byte[]> Collect(HashSet<long> units, CancellationToken cancellation)
    {
        var found = new Dictionary<long, byte[]>(units.Count);
        if (units.Count == 0) return found;
        var rows = new ArrayBufferWriter<byte>();
        using var scan = new RunScan(database, RunKind.Rows);
        for (var entries = 0L; scan.Key is { } unit;)
        {
            var isWanted = units.Contains(unit);
            for (; scan.Key == unit; scan.Advance())
            {
                if (entries++ % EntriesBetweenLooks == 0) cancellation.ThrowIfCancellationRequested();
                if (isWanted) rows.Write(scan.Content);
            }

            if (!isWanted) continue;
            found.Add(unit, rows.WrittenSpan.ToArray());
            rows.ResetWrittenCount();
        }

        return found;
    }
}
