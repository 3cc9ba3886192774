namespace Assay.Server.Storage.Postgres;

/// <summary>How long this process waits for a database that is silent or taken.</summary>
internal sealed record PostgresTimes
{
    /// <summary>A listener that hears nothing looks by itself this often.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Between one listening connection that is lost and the next.</summary>
    public TimeSpan BetweenAttempts { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>A listening connection that does not answer within this time is lost; whole seconds.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A turn that another session keeps for longer is not waited for: longer than a change takes, shorter than a client waits.</summary>
    public TimeSpan Turn { get; init; } = TimeSpan.FromSeconds(15);
}
