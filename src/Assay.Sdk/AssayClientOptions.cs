namespace Assay.Sdk;

/// <summary>How a client delivers.</summary>
public sealed record AssayClientOptions
{
    /// <summary>Most items of one request, 1 to 10,000. The default is 1,000.</summary>
    public int BatchSize
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 10_000);
            field = value;
        }
    }
    = 1_000;

    /// <summary>How often a request is tried before the client gives up, at least 1. The default is 8, about half a minute.</summary>
    public int MaxAttempts
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }
    = 8;

    /// <summary>Key sent as <c>Authorization: Bearer</c>; null sends none. The default is null.</summary>
    public string? ApiKey { get; init; }
}
