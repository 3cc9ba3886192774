using System.Text;
using Assay.Server.Events;
using Assay.Server.Hosting;

namespace Assay.Server.Tests.Events;

public sealed class ItemBodyTests
{
    [Fact]
    public void An_empty_body_is_an_object_without_fields() => Assert.Equal((400, "invalid_body"), CodeOf(""));

    [Theory]
    [InlineData("{")]
    [InlineData("not json")]
    [InlineData("""{"exposures":[]} {}""")]
    [InlineData("""{"exposures":[{"user_id":"u","variation_index":NaN}]}""")]
    [InlineData("""{"exposures":[{"user_id":"u","variation_index":0},]}""")]
    public void What_is_no_json_is_no_batch(string body) => Assert.Equal((400, "invalid_json"), CodeOf(body));

    [Theory]
    [InlineData("[]", "")]
    [InlineData("null", "")]
    [InlineData("{}", "/exposures")]
    [InlineData("""{"exposures":{}}""", "/exposures")]
    [InlineData("""{"exposures":null}""", "/exposures")]
    [InlineData("""{"exposures":[],"exposures":[]}""", "/exposures")]
    [InlineData("""{"exposures":[],"a/b":1}""", "/a~1b")]
    [InlineData("""{"exposures":[],"sent_at":5}""", "/sent_at")]
    [InlineData("""{"exposures":[],"sent_at":"yesterday"}""", "/sent_at")]
    [InlineData("""{"exposures":[],"sent_at":"2026-03-01T12:00:00Z","sent_at":"2026-03-01T12:00:00Z"}""", "/sent_at")]
    public void A_wrong_envelope_is_pointed_at(string body, string pointer)
    {
        var errors = (IReadOnlyList<ProblemError>)Samples.Refuse(body, ItemShape.Exposures).ProblemDetails.Extensions["errors"]!;
        Assert.Equal((400, "invalid_body"), CodeOf(body));
        Assert.Equal(pointer, Assert.Single(errors).Pointer);
    }

    [Fact]
    public void Every_error_of_an_envelope_is_told_at_once()
    {
        var errors = (IReadOnlyList<ProblemError>)Samples.Refuse("""{"exposure":[],"sent_at":1}""", ItemShape.Exposures).ProblemDetails.Extensions["errors"]!;
        Assert.Equal("/exposure /sent_at /exposures", string.Join(" ", errors.Select(error => error.Pointer)));
    }

    [Fact]
    public void Pre_period_values_have_no_time_to_correct() =>
        Assert.Equal(400, Samples.Refuse("""{"values":[],"sent_at":"2026-03-01T12:00:00Z"}""", ItemShape.PrePeriod).StatusCode);

    [Fact]
    public void Bytes_that_are_no_utf_8_are_no_json()
    {
        byte[] body = [.. "{\"exposures\":[{\"user_id\":\""u8, 0xFF, .. "\",\"variation_index\":0}]}"u8];
        Assert.Equal(400, ItemBody.ReadJson(body, ItemShape.Exposures).Problem!.StatusCode);
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over() => Assert.Empty(Samples.Read("\uFEFF{\"exposures\":[]}", ItemShape.Exposures).Items);

    [Fact]
    public void Ten_thousand_items_are_a_batch_and_one_more_is_not()
    {
        Assert.Equal(10_000, Samples.Read(Batch(10_000), ItemShape.Exposures).Items.Count);
        Assert.Equal((413, "too_many_items"), CodeOf(Batch(10_001)));
        Assert.Equal(413, ItemBody.ReadLines(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{}\n", 10_001))), ItemShape.Exposures).Problem!.StatusCode);

        static string Batch(int count) => $$"""{"exposures":[{{string.Join(',', Enumerable.Repeat("{}", count))}}]}""";
    }

    [Fact]
    public void A_line_that_is_wrong_is_one_item_that_is_wrong()
    {
        byte[] lines =
        [
            .. "{\"user_id\":\"a\",\"variation_index\":0}\r\n\n  \n{\"user_id\":\"b\"\n"u8, 0xFF, .. "\n{\"user_id\":\"c\",\"variation_index\":0} {}\n[]\n"u8,
            .. "{\"user_id\":\"d\",\"variation_index\":1}"u8,
        ];
        var body = ItemBody.ReadLines(lines, ItemShape.Exposures).Body!;
        var sifted = RecordExposures.Sift(Samples.Running, body, 1L << 60);
        Assert.Equal([(0, "a"), (5, "d")], sifted.Batch.Exposures.Select(item => (item.Index, item.UserId)));
        Assert.Equal([1, 2, 3, 4], sifted.Rejected.Where(rejection => rejection.Code is "invalid_value").Select(rejection => rejection.Index));
    }

    private static (int, object?) CodeOf(string body)
    {
        var problem = Samples.Refuse(body, ItemShape.Exposures);
        return (problem.StatusCode, problem.ProblemDetails.Extensions["code"]);
    }
}
