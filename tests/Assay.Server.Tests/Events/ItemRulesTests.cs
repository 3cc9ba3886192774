using Assay.Server.Events;

namespace Assay.Server.Tests.Events;

/// <summary>What each route makes of one item: a line a case, '' when it is good.</summary>
public sealed class ItemRulesTests
{
    [Theory]
    [InlineData("""{"user_id":"u1","variation_index":0}""", "")]
    [InlineData("""{"user_id":"u1","variation_index":-1}""", "")]
    [InlineData("""{"user_id":"u1","variation_index":1.0}""", "")]
    [InlineData("""{"user_id":"u1","variation_key":"one-page"}""", "")]
    [InlineData("""{"user_id":"u1","variation_index":1,"variation_key":"one-page"}""", "")]
    [InlineData("""{"user_id":"u1","variation_index":1,"occurred_at":null,"id":null,"attributes":null,"source":null}""", "")]
    [InlineData("""{"user_id":"u1","variation_index":1,"id":"e1","attributes":{"country":"DE"},"source":"web"}""", "")]
    [InlineData("""{"user_id":" \u00e9\ud83d\ude00 ","variation_index":1}""", "")]
    [InlineData("""{"variation_index":0}""", "missing_user_id")]
    [InlineData("""{"user_id":null,"variation_index":0}""", "missing_user_id")]
    [InlineData("""{"user_id":"","variation_index":0}""", "missing_user_id")]
    [InlineData("""{"user_id":" \t\u00a0","variation_index":0}""", "missing_user_id")]
    [InlineData("""{"userid":"u1","variation_index":0}""", "missing_user_id")]
    [InlineData("""{"user_id":42,"variation_index":0}""", "invalid_value")]
    [InlineData("""{"user_id":"a\u0000b","variation_index":0}""", "invalid_value")]
    [InlineData("""{"user_id":"a\ud800","variation_index":0}""", "invalid_value")]
    [InlineData("""{"user_id":"u1","user_id":"u2","variation_index":0}""", "invalid_value")]
    [InlineData("""{"user_id":"u1"}""", "missing_field")]
    [InlineData("""{"user_id":"u1","variation_index":null}""", "missing_field")]
    [InlineData("""{"user_id":"u1","variation_index":"0"}""", "invalid_value")]
    [InlineData("""{"user_id":"u1","variation_index":0.5}""", "invalid_value")]
    [InlineData("""{"user_id":"u1","variation_index":true}""", "invalid_value")]
    [InlineData("""{"user_id":"u1","variation_key":0}""", "invalid_value")]
    [InlineData("""{"user_id":"u1","variation_index":0,"variation_key":"one-page"}""", "invalid_value")]
    [InlineData("""{"user_id":"u1","variation_index":2}""", "unknown_variation")]
    [InlineData("""{"user_id":"u1","variation_index":-2}""", "unknown_variation")]
    [InlineData("""{"user_id":"u1","variation_index":1e300}""", "unknown_variation")]
    [InlineData("""{"user_id":"u1","variation_key":"One-Page"}""", "unknown_variation")]
    [InlineData("""{"user_id":"u1","variation_index":0,"attributes":[]}""", "invalid_value")]
    [InlineData("""{"user_id":"u1","variation_index":0,"attributes":{"a":1,"a":1}}""", "invalid_value")]
    [InlineData("""{"user_id":"u1","variation_index":0,"attributes":{"a":"\udc00"}}""", "invalid_value")]
    [InlineData("""{"user_id":"u1","variation_index":0,"attributes":{"a":1e999}}""", "invalid_value")]
    [InlineData("""{"user_id":"u1","variation_index":0,"id":""}""", "invalid_value")]
    [InlineData("""{"user_id":"u1","variation_index":0,"id":7}""", "invalid_value")]
    [InlineData("""{"user_id":"u1","variation_index":0,"occurred_at":1772625600}""", "invalid_value")]
    [InlineData("""{"user_id":"u1","variation_index":0,"occurred_at":"2026-03-04T12:00:00"}""", "invalid_value")]
    [InlineData("""{"user_id":"u1","variation_index":0,"colour":"red"}""", "unknown_field")]
    [InlineData("""{"user_id":"u1","variation_index":0,"\ud800":"red"}""", "unknown_field")]
    [InlineData("""{"user_id":"u1","variation_index":0,"occurred_at":"2026-03-01T00:00:00Z"}""", "")]
    [InlineData("""{"user_id":"u1","variation_index":0,"occurred_at":"2026-02-28T23:59:59.999999Z"}""", "before_start")]
    [InlineData("""{"user_id":"u1","variation_index":0,"occurred_at":"2026-03-05T12:04:59Z"}""", "")]
    [InlineData("""{"user_id":"u1","variation_index":0,"occurred_at":"2026-03-06T12:00:00Z"}""", "")]
    [InlineData("""{"user_id":"u1","variation_index":0,"occurred_at":"2026-03-06T12:00:00.000001Z"}""", "time_too_far_ahead")]
    [InlineData("[]", "invalid_value")]
    [InlineData("null", "invalid_value")]
    [InlineData("7", "invalid_value")]
    public void An_exposure_is_taken_or_refused_for_one_reason(string item, string code) =>
        Assert.Equal(code, CodeOf(Samples.Exposures($$"""{"exposures":[{{item}}]}""")));

    [Theory]
    [InlineData("""{"user_id":"u1","metric":"purchase"}""", "")]
    [InlineData("""{"user_id":"u1","metric":"refund","value":-2.5,"idempotency_key":"k"}""", "")]
    [InlineData("""{"user_id":"u1","metric":"purchase","value":1e15}""", "")]
    [InlineData("""{"user_id":"u1","metric":"purchase","value":1000000000000001}""", "invalid_value")]
    [InlineData("""{"user_id":"u1","metric":"purchase","value":1e999}""", "invalid_value")]
    [InlineData("""{"user_id":"u1","metric":"purchase","value":-1e999}""", "invalid_value")]
    [InlineData("""{"user_id":"u1","metric":"purchase","value":"NaN"}""", "invalid_value")]
    [InlineData("""{"user_id":"u1","metric":"purchase","value":null}""", "invalid_value")]
    [InlineData("""{"user_id":"u1"}""", "missing_field")]
    [InlineData("""{"user_id":"u1","metric":"bought"}""", "unknown_metric")]
    [InlineData("""{"user_id":"u1","metric":"Purchase"}""", "unknown_metric")]
    [InlineData("""{"user_id":"u1","metric":""}""", "invalid_value")]
    [InlineData("""{"user_id":"u1","metric":"purchase","properties":{}}""", "unknown_field")]
    [InlineData("""{"metric":"nothing","value":"x","extra":1}""", "missing_user_id")]
    [InlineData("""{"user_id":"u1","value":"x","extra":1}""", "missing_field")]
    [InlineData("""{"user_id":"u1","metric":"purchase","occurred_at":"1999-01-01T00:00:00Z"}""", "")]
    public void A_conversion_is_taken_or_refused_for_one_reason(string item, string code) =>
        Assert.Equal(code, CodeOf(Samples.Conversions($$"""{"conversions":[{{item}}]}""")));

    [Theory]
    [InlineData("""{"id":"1","user_id":"u1","name":"anything at all","value":0,"properties":{"plan":"pro"}}""", "")]
    [InlineData("""{"user_id":"u1","name":"purchase"}""", "missing_field")]
    [InlineData("""{"id":null,"user_id":"u1","name":"purchase"}""", "missing_field")]
    [InlineData("""{"id":"1","user_id":"u1"}""", "missing_field")]
    [InlineData("""{"id":"1","user_id":"u1","name":"purchase","properties":"pro"}""", "invalid_value")]
    [InlineData("""{"id":"1","user_id":"u1","name":"purchase","metric":"purchase"}""", "unknown_field")]
    public void An_event_is_taken_or_refused_for_one_reason(string item, string code) =>
        Assert.Equal(code, CodeOf(Samples.Events($$"""{"events":[{{item}}]}""")));

    [Theory]
    [InlineData("""{"user_id":"u1","covariate":"spend_before","value":12.5}""", "")]
    [InlineData("""{"user_id":"u1","covariate":"spend_before"}""", "missing_field")]
    [InlineData("""{"user_id":"u1","covariate":"age","value":12.5}""", "unknown_covariate")]
    [InlineData("""{"user_id":"u1","covariate":"spend_before","value":1,"occurred_at":"2026-03-04T12:00:00Z"}""", "unknown_field")]
    public void A_pre_period_value_is_taken_or_refused_for_one_reason(string item, string code) =>
        Assert.Equal(code, CodeOf(Samples.PrePeriod($$"""{"values":[{{item}}]}""")));

    [Fact]
    public void Lengths_are_counted_in_scalars()
    {
        var longest = string.Concat(Enumerable.Repeat("😀", ItemReader.LongestId));
        Assert.Equal("", CodeOf(Samples.Exposures($$"""{"exposures":[{"user_id":"{{longest}}","variation_index":0}]}""")));
        Assert.Equal("too_long", CodeOf(Samples.Exposures($$"""{"exposures":[{"user_id":"{{longest}}a","variation_index":0}]}""")));
        Assert.Equal("too_long", CodeOf(Samples.Exposures($$"""{"exposures":[{"user_id":"u","variation_index":0,"id":"{{longest}}a"}]}""")));
        Assert.Equal("too_long", CodeOf(Samples.Events($$"""{"events":[{"id":"1","user_id":"u","name":"{{new string('n', ItemReader.LongestName + 1)}}"}]}""")));
        Assert.Equal("too_long", CodeOf(Samples.Events($$$"""{"events":[{"id":"1","user_id":"u","name":"n","properties":{"a":"{{{new string('p', ItemReader.LongestProperties)}}}"}}]}""")));
    }

    [Fact]
    public void Refused_items_are_counted_by_the_arm_they_name()
    {
        var sifted = Samples.Exposures("""
            {"exposures":[{"variation_index":1},{"user_id":"u","variation_index":1,"x":1},{"user_id":"u","variation_key":"control","id":""},{"user_id":"u","variation_index":9},{}]}
            """);
        Assert.Equal(5, sifted.Received);
        Assert.Equal(0, sifted.Batch.Count);
        Assert.Equal([(null, 2), (0, 1), (1, 2)], sifted.Batch.Refused.Select(refused => (refused.Variation, refused.Count)).Order());
        Assert.Equal([0, 1, 2, 3, 4], sifted.Rejected.Select(rejection => rejection.Index));
    }

    private static string CodeOf(SiftedItems sifted)
    {
        Assert.Equal(1, sifted.Received);
        Assert.Equal(1, sifted.Batch.Count + sifted.Rejected.Length);
        return sifted.Rejected is [var rejection] ? rejection.Code : "";
    }
}
