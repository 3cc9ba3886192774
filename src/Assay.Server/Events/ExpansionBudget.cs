namespace Assay.Server.Events;

/// <summary>
/// How much memory the bodies that are being expanded have together. A compressed body is small when it comes and may grow a thousandfold, so that a limit to each
/// does not limit how much all take that come at once.
/// </summary>
internal sealed class ExpansionBudget
{
    /// <summary>Bytes. The largest body that is taken needs three quarters of it, while its buffer grows for the last time.</summary>
    public const long Capacity = 256 * 1024 * 1024;

    private readonly Lock _counting = new();

    /// <summary>Bytes taken and not yet given back.</summary>
    public long Taken { get; private set; }

    /// <summary>The share of one body, empty; what it takes is given back when it is disposed of.</summary>
    public Share Open() => new(this);

    private bool TryTake(long bytes)
    {
        lock (_counting)
        {
            if (Taken + bytes > Capacity) return false;
            Taken += bytes;
            return true;
        }
    }

    private void GiveBack(long bytes)
    {
        lock (_counting) Taken -= bytes;
    }

    internal sealed class Share(ExpansionBudget budget) : IDisposable
    {
        private long _taken;

        /// <returns>False, with nothing taken, when others have too much of it.</returns>
        public bool TryTake(long bytes)
        {
            if (!budget.TryTake(bytes)) return false;
            _taken += bytes;
            return true;
        }

        public void GiveBack(long bytes)
        {
            budget.GiveBack(bytes);
            _taken -= bytes;
        }

        public void Dispose() => GiveBack(_taken);
    }
}
