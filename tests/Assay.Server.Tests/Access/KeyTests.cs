using Assay.Server.Access;
using Assay.Server.Storage;
using Assay.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Access;

public sealed class KeyTests(KeyTests.LockedServer server) : IClassFixture<KeyTests.LockedServer>
{
    private const string List = "/api/v1/experiments";

    public static TheoryData<string, string, string, bool> Matrix
    {
        get
        {
            // Route by the scopes that open it.
            (string Method, string Path, string Opens)[] routes =
            [
                ("GET", List, "read write admin"),
                ("POST", List, "write admin"),
                ("DELETE", $"{List}/none", "write admin"),
                ("POST", $"{List}/none/start", "write admin"),
                ("POST", $"{List}/none/assign", "read write ingest admin"),
                ("GET", $"{List}/none/report", "read write admin"),
                ("POST", "/api/v1/plan", "read write admin"),
                ("GET", "/api/v1/metrics", "read write admin"),
                ("HEAD", "/api/v1/metrics", "read write admin"),
                ("GET", "/api/v1/exclusions", "admin"),
                ("POST", "/api/v1/exclusions", "admin"),
                ("DELETE", "/api/v1/exclusions", "admin"),
                ("GET", "/api/v1/identities", "admin"),
                ("POST", "/api/v1/identities", "ingest admin"),
                ("DELETE", "/api/v1/identities", "admin"),
                ("DELETE", "/api/v1/units/none", "admin"),
            ];
            var data = new TheoryData<string, string, string, bool>();
            foreach (var (method, path, opens) in routes)
            {
                foreach (var scope in Wire.All<AccessScope>()) data.Add(method, path, scope, opens.Split(' ').Contains(scope, StringComparer.Ordinal));
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task A_key_opens_what_its_scope_says(string method, string path, string scope, bool opens)
    {
        var answer = await server.SendAsync(new HttpMethod(method), path, method == "POST" ? "{}" : null, ("Authorization", $"Bearer {server.Secrets[scope]}"));
        if (opens) Assert.DoesNotContain(answer.Status, (int[])[401, 403]);
        else if (method == "HEAD") Assert.Equal(403, answer.Status);
        else answer.IsProblem(403, "insufficient_scope");
    }

    [Fact]
    public async Task Without_a_key_the_answer_says_how_to_authenticate()
    {
        var answer = (await server.GetAsync(List)).IsProblem(401, "unauthenticated");
        Assert.Equal("Bearer realm=\"assay\"", answer.Headers["WWW-Authenticate"]);
    }

    [Theory]
    [InlineData("Bearer nonsense")]
    [InlineData("Bearer ")]
    [InlineData("Basic abc")]
    public async Task A_key_that_is_none_is_told_apart(string authorization)
    {
        var answer = (await server.GetAsync(List, ("Authorization", authorization))).IsProblem(401, "unknown_key");
        Assert.Equal("Bearer realm=\"assay\", error=\"invalid_token\"", answer.Headers["WWW-Authenticate"]);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/docs")]
    [InlineData("/openapi/v1.json")]
    public async Task What_is_open_needs_no_key(string path) => Assert.Equal(200, (await server.GetAsync(path)).Status);

    [Fact]
    public async Task The_audit_names_the_key_and_never_its_secret()
    {
        var secret = server.Secrets["write"];
        await server.PostAsync(List, DesignText.Minimal("audited"), ("Authorization", $"Bearer {secret}"));
        var catalog = server.Services.GetRequiredService<ICatalog>();
        var entry = Assert.Single(await catalog.AuditAsync("audited", TestContext.Current.CancellationToken));
        var key = await catalog.FindKeyAsync(KeySecrets.Hash(secret), TestContext.Current.CancellationToken);
        Assert.Equal(("created", key!.Id), (entry.Action, entry.Actor));
        Assert.DoesNotContain(secret, key.Hash, StringComparison.Ordinal);
    }

    /// <summary>A server with a key of every scope.</summary>
    public sealed class LockedServer : HostServer, IAsyncLifetime
    {
        public Dictionary<string, string> Secrets { get; } = new(StringComparer.Ordinal);

        public new async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();

            // Until the first key exists everyone may do everything; from then on nobody without one.
            Assert.Equal(200, (await GetAsync(List)).Status);
            foreach (var scope in Enum.GetValues<AccessScope>()) Secrets[Wire.Name(scope)] = await KeyMaker.CreateAsync(this, scope);
            Assert.Equal(401, (await GetAsync(List)).Status);
        }
    }
}
