namespace Assay.Server.Storage.Postgres;

/// <summary>Numbers of texts that are committed. Two generations: what was not asked for while one filled is forgotten.</summary>
internal sealed class NumberCache(int capacity)
{
    private Dictionary<string, int> _young = new(StringComparer.Ordinal);
    private Dictionary<string, int> _old = new(StringComparer.Ordinal);

    public int? Find(string text)
    {
        if (_young.TryGetValue(text, out var number)) return number;
        if (!_old.TryGetValue(text, out number)) return null;
        Remember(text, number);
        return number;
    }

    public void Remember(IReadOnlyDictionary<string, int> numbers)
    {
        foreach (var (text, number) in numbers) Remember(text, number);
    }

    private void Remember(string text, int number)
    {
        if (_young.Count >= capacity)
        {
            (_old, _young) = (_young, _old);
            _young.Clear();
        }

        _young[text] = number;
    }
}
