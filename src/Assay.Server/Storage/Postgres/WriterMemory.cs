using System.Collections.Concurrent;
using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage.Postgres;

/// <summary>What a process remembers of names and units as long as the version of the views stays the same.</summary>
/// <remarks>
/// Numbers are looked up by a commit that claims while another one measures and remembers what it has stored: both hold the lock. Rows and texts are only of use to whoever measures,
/// and that is one commit at a time.
/// </remarks>
/// <param name="views">The version.</param>
/// <param name="memory">How much of units.</param>
internal sealed class WriterMemory(long views, UnitMemory memory)
{
    private const int MostTexts = 65_536;

    // Lanes ask for texts while one of them may learn another.
    private readonly ConcurrentDictionary<int, string> _texts = [];

    /// <summary>The version of the views: where it is another, a unit may have been erased, and its number with it.</summary>
    public long Views => views;

    /// <summary>Held while numbers are looked up, and while any of this is changed.</summary>
    public Lock Lock { get; } = new();

    /// <summary>Units that commits have named.</summary>
    public KnownLanes Known { get; } = new(memory);

    /// <summary>The commit as of which the rows of <see cref="Known"/> hold; −1 where that is not known.</summary>
    public long KnownAt { get; set; } = -1;

    public NumberCache Names { get; } = new(65_536);

    /// <summary>Before measuring: texts are kept as long as remembered rows may need them, and beyond a bound both are forgotten.</summary>
    public void MakeRoom()
    {
        if (_texts.Count <= MostTexts) return;
        _texts.Clear();
        ForgetRows();
    }

    public void ForgetRows()
    {
        lock (Lock) Known.ForgetRows();
    }

    /// <summary>Names with their numbers, committed.</summary>
    public void RememberNames(IReadOnlyDictionary<string, int> numbers)
    {
        Names.Remember(numbers);
        foreach (var (text, number) in numbers) Tell(number, text);
    }

    /// <summary>The text of a name that remembered rows have.</summary>
    public string TextOf(int name) => _texts[name];

    public void Tell(int name, string text) => _texts[name] = text;
}
