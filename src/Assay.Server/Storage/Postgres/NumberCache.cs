namespace Assay.Server.Storage.Postgres;

/// <summary>Numbers of texts that are committed. Two generations: what was not asked for while one filled is forgotten.</summary>
internal sealed class NumberCache<T>(int capacity)
    where T : struct
{
    private Dictionary<string, T> _young = new(StringComparer.Ordinal);
    private Dictionary<string, T> _old = new(StringComparer.Ordinal);

    public T? Find(string text)
    {
        if (_young.TryGetValue(text, out var number)) return number;
        if (!_old.TryGetValue(text, out number)) return null;
        Remember(text, number);
        return number;
    }

    public void Remember(IReadOnlyDictionary<string, T> numbers)
    {
        foreach (var (text, number) in numbers) Remember(text, number);
    }

    public void Clear()
    {
        _young.Clear();
        _old.Clear();
    }

    private void Remember(string text, T number)
    {
        if (_young.Count >= capacity)
        {
            (_old, _young) = (_young, _old);
            _young.Clear();
        }

        _young[text] = number;
    }
}
