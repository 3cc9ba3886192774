namespace Assay.Server.Results;

/// <summary>Whose turn it is to verify. A verification reads every raw row of an experiment, so the whole server does one at a time, whatever the number of askers.</summary>
internal sealed class VerificationTurn
{
    private int _taken;

    /// <returns>Whether the turn is the caller's, who gives it back with <see cref="Leave"/>.</returns>
    public bool TryTake() => Interlocked.Exchange(ref _taken, 1) == 0;

    public void Leave() => Volatile.Write(ref _taken, 0);
}
