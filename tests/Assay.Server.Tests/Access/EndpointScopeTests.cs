using Assay.Server.Access;
using Assay.Server.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Access;

public sealed class EndpointScopeTests(HostServer server) : IClassFixture<HostServer>
{
    private static readonly string[] Open = ["/healthz", "/readyz", "/openapi/{documentName}.json", "/docs", "/docs/problems", "/signin", "/signout"];

    private IEnumerable<RouteEndpoint> Endpoints => server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    [Fact]
    public void A_scope_stands_on_every_route()
    {
        Assert.NotEmpty(Endpoints);
        Assert.All(Endpoints, endpoint => Assert.True(endpoint.Metadata.GetMetadata<ScopeRequirement>() is not null, $"No scope stands on {endpoint.DisplayName}"));
    }

    [Fact]
    public void Nothing_is_open_but_what_has_to_be()
    {
        var open = Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<ScopeRequirement>() is { IsOpen: true })
            .Select(endpoint => endpoint.RoutePattern.RawText!)
            .Where(route => !route.StartsWith("/assets/", StringComparison.Ordinal));
        Assert.Empty(open.Except(Open, StringComparer.Ordinal));
        Assert.All(
            Endpoints.Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal)),
            endpoint => Assert.False(endpoint.Metadata.GetMetadata<ScopeRequirement>()!.IsOpen));
    }
}
