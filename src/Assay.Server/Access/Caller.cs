using Assay.Server.Storage;

namespace Assay.Server.Access;

/// <summary>Who makes the request: a key, or anybody on an open installation.</summary>
/// <param name="Name">The key's id, or "open": what the audit writes.</param>
internal sealed record Caller(string Name, AccessScope Scope)
{
    /// <summary>Anybody, while no key exists.</summary>
    public static Caller Open { get; } = new("open", AccessScope.Admin);

    /// <summary>The caller that the access check found.</summary>
    public static Caller Of(HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("The access check has not run for this request.");

    /// <summary>For handlers that take a <see cref="Caller"/> as a parameter.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context));
}
