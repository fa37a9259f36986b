using AkkaComfy.Core.Jobs;
using AkkaComfy.Messages;

namespace AkkaComfy.Core.Tests.Jobs;

public sealed class RequestHashTests
{
    private static string Hash { get; } = Of(("a", Text("1")), ("b", Text("2")), ("imageFile", Image("ab")));

    [Fact]
    public void The_same_request_has_the_same_hash_in_whatever_order_it_comes()
    {
        Assert.Equal(Hash, Of(("imageFile", Image("ab")), ("b", Text("2")), ("a", Text("1"))));
        Assert.Matches("^[0-9a-f]{64}$", Hash);
    }

    [Fact]
    public void Another_workflow_value_or_image_makes_another_request() => Assert.Equal(8, new HashSet<string>
    {
        Hash,
        RequestHash.Of(new WorkflowName("v"), [KeyValuePair.Create("a", Text("1"))]),
        Of(("a", Text("1")), ("b", Text("3")), ("imageFile", Image("ab"))),
        Of(("a", Text("1")), ("imageFile", Image("ab"))),
        Of(("a", Text("1")), ("c", Text("2")), ("imageFile", Image("ab"))),
        Of(("a", Text("1")), ("b", Text("2")), ("imageFile", Image("cd"))),
        Of(("a", Text("1")), ("b", Text("2")), ("mask", Image("ab"))),
        Of(("a", Text("1")), ("b", Text("2")), ("imageFile", Text("ab"))),
    }.Count);

    [Fact]
    public void However_a_value_was_written_it_is_the_same() => Assert.Equal(
        Of(("steps", new InputValue.Integer(20)), ("strength", new InputValue.Number(0.5)), ("on", new InputValue.Flag(true))),
        Of(("steps", new InputValue.Integer(20.00m)), ("strength", new InputValue.Number(5e-1)), ("on", new InputValue.Flag(true))));

    [Fact]
    public void Names_and_values_cannot_be_cut_differently() => Assert.NotEqual(
        Of(("ab", Text("c"))), Of(("a", Text("bc"))));

    private static string Of(params (string Name, InputValue Value)[] given) => RequestHash.Of(
        new WorkflowName("w"), given.Select(value => KeyValuePair.Create(value.Name, value.Value)));

    private static InputValue Text(string text) => new InputValue.Text(text);

    private static InputValue Image(string hash) =>
        new InputValue.Image(new BlobRef(new BlobId(hash), 1, "image/png"), 1, 1);
}
