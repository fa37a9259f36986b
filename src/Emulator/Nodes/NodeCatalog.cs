using AkkaComfy.Emulator.Nodes.Generation;
using AkkaComfy.Emulator.Nodes.Masks;
using AkkaComfy.Emulator.Nodes.Values;

namespace AkkaComfy.Emulator.Nodes;

/// <summary>The node classes of one emulator, by class name.</summary>
internal sealed class NodeCatalog
{
    private readonly OrderedDictionary<string, Node> _nodes = [];

    public NodeCatalog(EmulatorOptions options, ImageFiles files)
    {
        Node[] nodes =
        [
            new SaveImage(),
            new PreviewImage(),
            new SaveAnimatedPng(),
            new PreviewAny(),
            new LoadImage(files),
            new LoadImageMask(files),
            new EtnLoadImageBase64(),
            new EtnLoadMaskBase64(),
            new EmptyImage(),
            new ImageScale(),
            new ImageScaleBy(),
            new ImageInvert(),
            new ImageBatching(),
            new ImageBlend(),
            new ImageCompositeMasked(),
            new MaskToImage(),
            new ImageToMask(),
            new InvertMask(),
            new SolidMask(),
            new UpscaleModelLoader(options.UpscaleModels),
            new ImageUpscaleWithModel(),
            new InspyrenetRembg(),
            new CheckpointLoaderSimple(options.Checkpoints),
            new ClipTextEncode(),
            new EmptyLatentImage(),
            new KSampler(),
            new VaeDecode(),
            new StringConcatenate(),
            .. Primitive.All,
            new ProbeWork(),
        ];
        foreach (var node in nodes)
        {
            node.PlayAs(options.Version);
            _nodes.Add(node.Spec.Class, node);
        }
    }

    public IEnumerable<Node> All => _nodes.Values;

    public Node? Find(string name) => _nodes.GetValueOrDefault(name);
}
