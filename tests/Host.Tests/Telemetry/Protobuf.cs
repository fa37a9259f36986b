using System.Buffers.Binary;
using System.Text;

namespace AkkaComfy.Host.Tests.Telemetry;

/// <summary>A message of protocol buffers, read without its schema: fields by number, each as its wire type gives it.</summary>
internal sealed class Protobuf
{
    private readonly List<(int Field, ReadOnlyMemory<byte> Bytes, ulong Number)> _fields = [];

    public Protobuf(ReadOnlyMemory<byte> message)
    {
        while (!message.IsEmpty)
        {
            var key = Varint(ref message);
            var field = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    _fields.Add((field, default, Varint(ref message)));
                    break;
                case 1:
                    _fields.Add((field, default, BinaryPrimitives.ReadUInt64LittleEndian(message.Span)));
                    message = message[8..];
                    break;
                case 2:
                    var length = (int)Varint(ref message);
                    _fields.Add((field, message[..length], 0));
                    message = message[length..];
                    break;
                case 5:
                    _fields.Add((field, default, BinaryPrimitives.ReadUInt32LittleEndian(message.Span)));
                    message = message[4..];
                    break;
                default:
                    throw new FormatException($"wire type {key & 7}");
            }
        }
    }

    public IEnumerable<Protobuf> Messages(int field) => Values(field).Select(value => new Protobuf(value.Bytes));

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field).Span);

    public string Hex(int field) => Convert.ToHexStringLower(Bytes(field).Span);

    public ulong Number(int field) => Values(field).Select(value => value.Number).LastOrDefault();

    public bool Has(int field) => Values(field).Any();

    private ReadOnlyMemory<byte> Bytes(int field) => Values(field).Select(value => value.Bytes).LastOrDefault();

    private IEnumerable<(int Field, ReadOnlyMemory<byte> Bytes, ulong Number)> Values(int field) =>
        _fields.Where(value => value.Field == field);

    private static ulong Varint(ref ReadOnlyMemory<byte> message)
    {
        ulong value = 0;
        for (var (i, shift) = (0, 0); ; i++, shift += 7)
        {
            value |= (message.Span[i] & 0x7FUL) << shift;
            if (message.Span[i] < 0x80)
            {
                message = message[(i + 1)..];
                return value;
            }
        }
    }
}
