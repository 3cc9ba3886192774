using System.Collections.Immutable;
using Assay.Server.Storage;

namespace Assay.Server.Access;

/// <summary>Stands on every endpoint: who may call it. An endpoint without one is refused, and a test looks for it.</summary>
/// <param name="AnyOf">A caller needs one of these; empty for everyone.</param>
internal sealed record ScopeRequirement(ImmutableArray<AccessScope> AnyOf)
{
    public bool IsOpen => AnyOf.IsEmpty;

    public bool IsMetBy(AccessScope scope) => IsOpen || AnyOf.Any(required => Includes(scope, required));

    /// <summary>read ⊂ write ⊂ admin; ingest is apart, and admin has it too.</summary>
    private static bool Includes(AccessScope held, AccessScope required) => held switch
    {
        AccessScope.Admin => true,
        AccessScope.Write => required is AccessScope.Write or AccessScope.Read,
        _ => held == required,
    };
}

internal static class ScopeRequirements
{
    /// <summary>The caller needs one of these scopes (or one that includes it).</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, params AccessScope[] anyOf)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ScopeRequirement([.. anyOf]));

    /// <summary>No key is needed.</summary>
    public static TBuilder OpenToAll<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ScopeRequirement([]));
}
