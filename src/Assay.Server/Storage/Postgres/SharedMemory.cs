using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage.Postgres;

/// <summary>What the writing sessions of a process know together.</summary>
/// <remarks>
/// A commit goes by the memory of the version of the views that it has read under their lock, to its end. Where there is another one by then, what it remembers is lost with the old one
/// and never believed again, so that nobody has to find out what came between.
/// </remarks>
/// <param name="memory">How much is remembered of units.</param>
internal sealed class SharedMemory(UnitMemory memory)
{
    private const long NoViews = -1;

    private readonly Lock _lock = new();
    private WriterMemory _current = new(NoViews, memory);

    /// <summary>Commits that expect some of their events to be there already.</summary>
    public int CommitsToBeWary { get; set; }

    /// <summary>The memory of a version of the views: an empty one where the last commit saw another version.</summary>
    public WriterMemory Of(long views)
    {
        lock (_lock)
        {
            if (_current.Views != views) _current = new WriterMemory(views, memory);
            return _current;
        }
    }

    /// <summary>Something has failed, or what is stored is to be measured whatever is remembered.</summary>
    public WriterMemory Forget()
    {
        lock (_lock) return _current = new WriterMemory(NoViews, memory);
    }
}
